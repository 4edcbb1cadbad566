"""Entry: what the Loket Onderwijsdeelnemers is for an institution without funding, and a fallback for all."""
