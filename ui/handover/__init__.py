"""Hand-over: the screen as one self-completed set of questions, with nothing else reachable."""
