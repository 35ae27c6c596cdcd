"""What the benchmarks share: calling applications in this process, timing them in turn, comparing and writing tables."""
