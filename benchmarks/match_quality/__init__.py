"""How good the matches are: graded roles and candidates, our score and simple peers in one run."""
