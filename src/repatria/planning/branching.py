"""How high can a level get where the relaxation says too much, and how is that shown?

By a small tree of cases: a sum is at most so much, or more. Each case is either
split again or closed by multipliers. Several sums are tried at each split and the
one taken that lowers both sides most: which one that is decides between three cases
and thousands. The highest case is always the next, so that the first whole numbers
are the best there are, and the tree around them the proof.

Source: strong branching, Applegate, Bixby, Chvatal and Cook, "Finding cuts in the
TSP", DIMACS 95-05 (1995); what it has told is remembered as by Achterberg, Koch and
Martin, "Branching rules revisited", Operations Research Letters 33 (2005).
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.forms import Form
from repatria.planning.relaxing import Chain, Cut, Path
from repatria.planning.solvers import Ending, LinearAnswer
from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]
_WHOLE_ENOUGH = 1e-6
# What is expected of a sum that was never split on, and of both sides at the least.
_UNTOLD, _LEAST = 0.3, 1e-3
# A side that is refuted counts as lowered by so many units.
_CLOSED = 3.0
# After so many relaxations somebody else may try to find whole numbers.
_PATIENCE = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What a search came to.

    Attributes:
        bound: nothing exceeds it; -1 when nothing keeps what is assumed.
        shown: the tree, as in a certificate; None when it has a gap.
        numbers: reach the bound; None when the effort ended first.
    """

    bound: int
    shown: Json | None
    numbers: Whole | None

    @property
    def impossible(self) -> bool:
        """Whether nothing keeps what is assumed."""
        return self.bound < 0


@dataclass(slots=True, kw_only=True, eq=False)
class _Case:
    """One case of a tree.

    Attributes:
        path: the cuts that lead to it.
        bound, shown: nothing exceeds it here, and how that is shown.
        answer: of the relaxation; None when it has to be asked again.
        split: sum, number, the case below and the case above.
    """

    path: Path
    bound: int
    shown: Json | None
    answer: LinearAnswer | None
    split: "tuple[Form, int, _Case, _Case] | None" = None


@dataclass(slots=True, kw_only=True, eq=False)
class Search:
    """One search, while it goes on.

    Attributes:
        chain: with the floors of the levels above.
        level: which one.
        effort: how many relaxations may be solved.
        tries: how many sums are tried at a split.
        unit: how much of the level is much.
        enough: the search ends when nothing exceeds this; -1 is never.
        find: asked now and then for whole numbers of a level that reach a value.
        until, clock: when to end; what is found is true whenever it ends.
    """

    chain: Chain
    level: int
    effort: int
    tries: int = 4
    unit: float = 1.0
    enough: int = -1
    find: Callable[[int], Whole | None] | None = None
    until: float = float("inf")
    clock: Callable[[], float] = monotonic
    whole: Whole | None = field(init=False, default=None)
    _asked: int = field(init=False, default=0)
    _patience: int = field(init=False, default=_PATIENCE)

    def best(self, known: Whole | None = None) -> Found:
        """The best of the level, searched from the highest case down.

        Args:
            known: a plan that may be the best; it is looked at first.
        """
        reached = -1
        if known is not None and self.chain.program().is_kept_by(known):
            reached = self.chain.classes.value(self.level, known)
        root = self._root()
        heap = [(*_urgency(root), 0, root)] if root.bound >= 0 else []
        turn = count(1)
        top = root.bound
        while heap:
            case = heapq.heappop(heap)[-1]
            top = case.bound
            if reached >= top:
                self.whole = known
                break
            if top <= self.enough or self._tired():
                break
            if case.answer is None:
                self._renew(case)
                if case.bound >= 0:
                    heapq.heappush(heap, (*_urgency(case), next(turn), case))
                continue
            self.whole = self._whole_of(case)
            if self.whole is None:
                self._look_elsewhere(top)
            if self.whole is not None:
                break
            sides = self._split(case)
            if not sides:
                # Whole numbers were found, or nothing is left to split on.
                break
            for side in sides:
                if side.bound >= 0:
                    heapq.heappush(heap, (*_urgency(side), next(turn), side))
        else:
            top = -1
        self._leave()
        return Found(bound=top, shown=_as_json(root, top), numbers=self.whole)

    def any(self) -> Found:
        """Some whole numbers that keep all floors, by going down first."""
        root = self._root()
        stack = [root] if root.bound >= 0 else []
        refuted = True
        while stack:
            case = stack.pop()
            self.whole = self._whole_of(case)
            sides = () if self.whole is not None or self._tired() else self._split(case)
            if not sides:
                refuted = False
                break
            stack += sorted((side for side in sides if side.bound >= 0), key=_reach)
        self._leave()
        return Found(
            bound=-1 if refuted else root.bound,
            shown=_as_json(root, -1) if refuted else None,
            numbers=self.whole,
        )

    def _whole_of(self, case: _Case) -> Whole | None:
        """The whole numbers of a case, if its relaxation has come upon some."""
        if case.answer is None:
            return None
        self.chain.follow(case.path)
        return self.chain.whole(case.answer)

    def _look_elsewhere(self, top: int) -> None:
        if self.find is None or self._asked < self._patience:
            return
        self._patience = 4 * self._asked
        found = self.find(top)
        if found is not None and self.chain.classes.value(self.level, found) >= top:
            self.whole = found

    def _tired(self) -> bool:
        return self._asked >= self.effort or self.clock() > self.until

    def _leave(self) -> None:
        self.chain.follow(())
        if self.level in self.chain.classes.spreads:
            self.chain.set_floor(self.level, None)

    def _root(self) -> _Case:
        self.chain.follow(())
        if self.level in self.chain.classes.spreads:
            bound = self.chain.bound(self.level)
            if bound is None:
                return _Case(path=(), bound=-1, shown=None, answer=None)
            return _Case(path=(), bound=bound.value, shown=bound.shown, answer=None)
        answer = self._ask(())
        top, shown = self.chain.proven(self.level, answer)
        return _Case(path=(), bound=top, shown=shown, answer=answer)

    def _ask(self, path: Path) -> LinearAnswer:
        self._asked += 1
        self.chain.follow(path)
        return self.chain.ask(self.level)

    def _renew(self, case: _Case) -> None:
        """Ask a case again whose coverage was lowered since."""
        self.chain.set_floor(self.level, case.bound)
        answer = self._ask(case.path)
        top, shown = self.chain.proven(self.level, answer)
        if top < case.bound:
            case.bound, case.shown = top, shown
        else:
            case.answer = answer

    def _split(self, case: _Case) -> tuple[_Case, ...]:
        """The two sides of the split that lowers both most; none if nothing can be split."""
        answer = case.answer
        if answer is None:  # pragma: no cover -- asked before
            return ()
        if self.level in self.chain.classes.spreads:
            self.chain.set_floor(self.level, case.bound)
        tried = self._candidates(answer.numbers)
        cuts = [
            Cut(form=form, at=int(np.floor(value)), below=below)
            for form, value in tried
            for below in (True, False)
        ]
        answers = self.chain.try_each(self.level, case.path, cuts)
        best: tuple[float, Cut, list[tuple[Path, LinearAnswer]]] | None = None
        for cut in cuts[::2]:
            sides = [next(answers), next(answers)]
            self._asked += 2
            for _, side in sides:
                self._notice(case, side)
            if self.whole is not None:
                return ()
            score = self._score(cut.form, answer, [side for _, side in sides])
            if best is None or score > best[0]:
                best = (score, cut, sides)
            if any(self._closed(case, side) for _, side in sides):
                # A split with one side closed costs nothing.
                best = (score, cut, sides)
                break
        if best is None:
            return ()
        _, cut, asked = best
        low, high = (self._case(case, path, side) for path, side in asked)
        case.split = (cut.form, cut.at, low, high)
        return low, high

    def _notice(self, case: _Case, answer: LinearAnswer) -> None:
        """Whole numbers on the way that are as good as anything in the case."""
        found = self.chain.whole(answer) if self.whole is None else None
        if found is not None and self.chain.classes.value(self.level, found) >= case.bound:
            self.whole = found

    def _case(self, above: _Case, path: Path, answer: LinearAnswer) -> _Case:
        self.chain.follow(path)
        top, shown = self.chain.proven(self.level, answer)
        if (shown is None and top >= 0) or top > above.bound:
            top, shown = min(top, above.bound), above.shown
        kept = None if top < 0 or self._lowered(top) else answer
        return _Case(path=path, bound=top, shown=shown, answer=kept)

    def _lowered(self, top: int) -> bool:
        spread = self.level in self.chain.classes.spreads
        return spread and top < self.chain.floors[self.level]

    def _candidates(self, numbers: Real) -> list[tuple[Form, float]]:
        """The sums to try, most promising first, with their values."""
        forms = self.chain.forms
        values = forms.values(numbers)
        off = np.abs(values - np.rint(values))
        split = np.nonzero(off > _WHOLE_ENOUGH)[0].tolist()
        if not split:
            own = numbers[: self.chain.classes.count]
            off = np.abs(own - np.rint(own))
            column = int(np.argmax(off)) if len(off) else 0
            if not len(off) or off[column] <= _WHOLE_ENOUGH:
                return []
            return [(forms.single(column), float(own[column]))]
        told = [self.chain.told.get(forms.all[n].key, (_UNTOLD, 0))[0] for n in split]
        worth = off[split] * (0.1 + np.array(told))
        order = np.argsort(-worth, kind="stable")[: self.tries].tolist()
        return [(forms.all[split[n]], float(values[split[n]])) for n in order]

    def _score(self, form: Form, before: LinearAnswer, sides: list[LinearAnswer]) -> float:
        score = 1.0
        for side in sides:
            lowered = _CLOSED
            if side.ending is Ending.OPTIMAL and not self._below(side):
                lowered = min(_CLOSED, (before.value - side.value) / self.unit)
            score *= max(lowered, _LEAST)
        mean, tries = self.chain.told.get(form.key, (_UNTOLD, 0))
        mean = (mean * tries + min(1.0, float(score**0.5))) / (tries + 1)
        self.chain.told[form.key] = mean, tries + 1
        return score

    def _closed(self, case: _Case, side: LinearAnswer) -> bool:
        """Whether a side is refuted, or below anything else in the case."""
        if side.ending is not Ending.OPTIMAL:
            return True
        if self.level in self.chain.classes.spreads:
            return side.value < -_WHOLE_ENOUGH
        if side.value < self.enough + 1 - _WHOLE_ENOUGH:
            return True
        return self.unit <= 1.0 and side.value < case.bound - _WHOLE_ENOUGH

    def _below(self, answer: LinearAnswer) -> bool:
        return self.level in self.chain.classes.spreads and answer.value < 0


def _urgency(case: _Case) -> tuple[int, int, int, float]:
    """The highest first; of equal ones those not asked yet, then the deepest, then the best."""
    return -case.bound, int(case.answer is not None), -len(case.path), -_reach(case)


def _reach(case: _Case) -> float:
    return float("inf") if case.answer is None else case.answer.value


def _as_json(case: _Case, most: int) -> Json | None:
    """The smallest tree that shows that nothing exceeds a bound; None if there is a gap."""
    if case.bound <= most and case.shown is not None:
        return case.shown
    if case.split is None:
        return None
    form, at, low, high = case.split
    below, above = _as_json(low, most), _as_json(high, most)
    if below is None or above is None:
        return None
    weights = dict.fromkeys(form.names, form.sign)
    return {"sum": weights, "by": form.by, "at": at, "below": below, "above": above}
