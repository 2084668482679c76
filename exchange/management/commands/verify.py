from typing import Any

from django.core.management.base import BaseCommand

from exchange.counters import counter_differences, misplaced


class Command(BaseCommand):
    help = "Recount every counter and look for misplaced rows; name each difference."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for difference in counter_differences():
            found += 1
            self.stdout.write(
                f"#{difference.number} {difference.counter}:"
                f" held {difference.held}, counted {difference.counted}"
            )
        for number, sentence in misplaced():
            found += 1
            self.stdout.write(f"#{number} {sentence}")
        self.stderr.write(f"{found} difference(s)", style_func=str)
        if found:
            raise SystemExit(1)
