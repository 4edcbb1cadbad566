"""What the measurements of the register share: the meldingen, a register that runs, and who sends."""
