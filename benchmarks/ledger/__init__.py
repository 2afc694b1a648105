"""How fast a log grows, proves and is audited, and how much room it takes."""
