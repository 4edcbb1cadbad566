"""The catalogue of rules: what each says, why, for whom, and an example of right and wrong. Open to everybody."""
