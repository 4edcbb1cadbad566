"""The register: meldingen in, immutable versions out, one journal."""
