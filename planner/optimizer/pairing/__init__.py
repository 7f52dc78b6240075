"""The pairing stage: observers to pairs to areas, jointly."""

from planner.optimizer.pairing.stage import PairingResult, solve_pairing

__all__ = ["PairingResult", "solve_pairing"]
