"""ESCO, the European classification, from its official CSV files. See docs/taxonomy.md."""
