"""How long `palermo --help` takes: the least of five."""

from measure import PALERMO, measure

print("palermo --help:", min((measure(*PALERMO, "--help") for _ in range(5)), key=lambda cost: cost.cpu))
