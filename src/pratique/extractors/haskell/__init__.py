"""Read packages of Haskell: freezes, locks and GHC package databases."""
