"""Ways out of Puente: each sends one delivery, or says why not."""
