"""The sealed record of a closed debate: docs/seal-format.md describes it.

`tree` is RFC 6962's tree, `leaves` what is hashed, `folder` the files. `verify_seal` is
the program that anybody runs offline; it shares no code with the others, and checks
them before anything is closed.
"""
