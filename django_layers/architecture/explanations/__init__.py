"""What each rule is about, a page each: why it is there, the way out, a wrong and a right example."""
