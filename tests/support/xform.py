"""An XForm, filled in: what is asked, worked out and let through is decided by the form's own expressions.

The expressions are XPath, which lxml evaluates; the four functions that XForms add to it are added here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lxml import etree

XFORMS = "http://www.w3.org/2002/xforms"


class FilledForm:
    """One submission: answers to what is asked, and nothing where it is not."""

    def __init__(self, xform: str, answers: Mapping[str, str], *, today: date) -> None:
        tree = etree.fromstring(xform.encode())
        self._namespaces = {"x": XFORMS}
        self.binds = {bind.get("nodeset"): bind for bind in tree.iterfind(".//x:bind", self._namespaces)}
        (instance,) = tree.iterfind(".//x:instance/*[@id]", self._namespaces)
        self.root = etree.fromstring(etree.tostring(instance))
        for node in self.root.iter():
            node.tag = etree.QName(node).localname
        etree.cleanup_namespaces(self.root)
        self.document = etree.ElementTree(self.root)
        self._functions = {
            (None, "if"): lambda _, condition, yes, no: yes if condition else no,
            (None, "selected"): lambda _, held, code: code in _text(held).split(),
            (None, "count-selected"): lambda _, held: float(len(_text(held).split())),
            (None, "today"): lambda _: float(today.strftime("%Y%m%d")),
        }
        self.names = {path.rpartition("/")[2]: path for path in self.binds}
        for name, answer in answers.items():
            self._node(self.names[name]).text = answer
        self._work_out()

    def _node(self, path: str):
        return self.document.xpath(path)[0]

    def _evaluate(self, expression: str, path: str):
        return self._node(path).xpath(expression, extensions=self._functions)

    def _work_out(self) -> None:
        """Clear what is not asked and calculate, until nothing changes."""
        before = None
        while before != (before := etree.tostring(self.root)):
            for path, bind in self.binds.items():
                if not self.asks(path.rpartition("/")[2]):
                    self._node(path).text = None
                elif bind.get("calculate"):
                    self._node(path).text = self._evaluate(bind.get("calculate"), path)

    def asks(self, name: str) -> bool:
        """Whether a question is shown: its own condition holds, and that of every group around it."""
        path = self.names[name]
        around = [path, *(at for at in self.binds if path.startswith(f"{at}/"))]
        conditions = [self.binds[at].get("relevant") for at in around]
        return all(self._evaluate(condition, path) for condition in conditions if condition)

    def accepts(self, name: str) -> bool:
        """Whether the answer to a question keeps the question's constraint."""
        constraint = self.binds[self.names[name]].get("constraint")
        held = self._node(self.names[name]).text or ""
        if not constraint or not held:
            return True
        days = held.replace("-", "") if self.binds[self.names[name]].get("type") == "date" else None
        expression = constraint if days is None else constraint.replace(". <=", f"{days} <=")
        return bool(self._evaluate(expression, self.names[name]))

    def row(self, *, mark: str = "") -> dict[str, str]:
        """The submission as a row of an export; with a mark, headings begin with the names of the groups."""
        leaves = [path for path in self.binds if len(self._node(path)) == 0]
        held = {path.removeprefix("/data/"): self._node(path).text or "" for path in leaves}
        return {(name.replace("/", mark) if mark else name.rpartition("/")[2]): said for name, said in held.items()}


def _text(held) -> str:
    return (held[0].text or "") if isinstance(held, list) else str(held)
