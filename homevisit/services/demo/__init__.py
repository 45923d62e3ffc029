"""Demo homes: fictional families whose histories end today, signed for real. Never for real people's records."""
