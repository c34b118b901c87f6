"""What the Python tests share: real processes, certificates and clients, all on loopback and free ports."""
