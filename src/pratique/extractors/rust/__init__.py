"""List what Rust programs and Rust projects are made of."""
