"""An invented town and its three debates, for trying the platform out."""
