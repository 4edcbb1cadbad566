"""What ./bench runs: Kernregister beside the tools one would pick instead, on the same files, in one run."""
