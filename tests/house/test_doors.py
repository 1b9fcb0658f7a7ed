"""Every route is behind a declared permission, and every permission opens something."""

import ast
import re
from collections.abc import Iterable

from domain.permissions import COMMAND_NEEDS, TABLE, Permission
from tests.house.sources import Source, product

METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "api_route", "websocket"})
ROUTE = re.compile(r"^(router|app)\.(\w+)$")


def doors(source: Source) -> dict[str, str]:
    """The names in a file that stand for a door: `X = Annotated[Visit, Depends(Requires(Permission.P))]`."""
    found = {}
    for node in source.tree.body:
        text = ast.unparse(node)
        permission = re.search(r"Requires\(Permission\.(\w+)\)", text)
        if isinstance(node, ast.Assign) and permission and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = permission.group(1)
    return found


def open_routes(sources: Iterable[Source]) -> list[str]:
    """Routes without exactly one door among their parameters."""
    found = []
    for one in sources:
        names = doors(one)
        for node in ast.walk(one.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_route(node):
                asked = [_door(arg, names) for arg in (*node.args.args, *node.args.kwonlyargs)]
                if sum(bool(door) for door in asked) != 1:
                    found.append(f"{one.path}:{node.lineno} {node.name}: name one permission by Requires(…)")
    return found


def _is_route(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        match = ROUTE.match(ast.unparse(called))
        if match and match.group(2) in METHODS:
            return True
    return False


def _door(arg: ast.arg, names: dict[str, str]) -> bool:
    text = ast.unparse(arg.annotation) if arg.annotation else ""
    return text in names or "Requires(Permission." in text


def unused(permissions: Iterable[str], sources: Iterable[Source]) -> set[str]:
    """Permissions that nobody asks for outside of the table itself."""
    text = "\n".join(one.text for one in sources if one.path != "domain/permissions.py")
    return {name for name in permissions if not re.search(rf"\b(Permission|P)\.{name}\b", text)}


def test_every_route_names_one_permission() -> None:
    assert open_routes(one for one in product() if one.room == "web") == []


def test_every_permission_opens_something() -> None:
    by_command = {permission.name for permission in COMMAND_NEEDS.values()}
    assert unused({p.name for p in Permission} - by_command, product()) == set()


def test_every_permission_is_somebodys() -> None:
    given = set().union(*TABLE.values())
    assert {p for p in Permission if p not in given} == {Permission.HOUSE_PAGE_VISIT}


def test_an_open_route_is_found() -> None:
    start = "router = APIRouter()\nListing = Annotated[Visit, Depends(Requires(Permission.A))]\n"
    bad = start + "@router.get('/x')\ndef x(q: str = ''): ..."
    good = start + "@router.get('/x')\ndef x(visit: Listing): ..."
    assert open_routes([Source("web/routes/bad.py", bad)])
    assert not open_routes([Source("web/routes/good.py", good)])


def test_an_unused_permission_is_found() -> None:
    assert unused({"AUDIT_NOTHING"}, [Source("web/a.py", "Permission.AUDIT_EXPORT")]) == {"AUDIT_NOTHING"}
