"""Travel times behind one protocol; each provider names its provenance."""
