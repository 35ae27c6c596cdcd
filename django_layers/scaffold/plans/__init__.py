"""What a run would do, and what earlier runs did, as plain data: plans, how they read, and ledgers."""
