"""Who people are, what they can do, what is offered, and what came of it."""
