"""The guards of a TanStack Start app, under the real compiler beside its real types.

Its packages (208 MB) are only for this: ``WORKBENCH_TANSTACK=1`` asks for them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from workbench.runtime.packages import ensure_packages
from workbench.runtime.typescript import TypeChecker
from workbench.session.tables.schema import typescript_files
from workbench.session.workbench import Workbench

PACKAGES = Path(__file__).parent / "npm_start"
pytestmark = pytest.mark.skipif(not os.environ.get("WORKBENCH_TANSTACK"), reason="WORKBENCH_TANSTACK asks for it")

# what TanStack's own generator writes for the two routes
ROUTES = """import type { AnyRoute } from "@tanstack/react-router";
declare module "@tanstack/react-router" {
  interface FileRoutesByPath {
    "/_authed": { id: "/_authed"; path: ""; fullPath: ""; preLoaderRoute: unknown; parentRoute: AnyRoute };
    "/api/auth/$": { id: "/api/auth/$"; path: "/api/auth/$"; fullPath: "/api/auth/$"; preLoaderRoute: unknown;
      parentRoute: AnyRoute };
  }
}
"""
USE = """import { createServerFn } from "@tanstack/react-start";
import { requireAdmin, requireAuth } from "./guards.ts";
import { Route } from "./routes/_authed.ts";
export const mine = createServerFn({ method: "GET" }).middleware([requireAuth])
  .handler(async ({ context }): Promise<string> => context.session.user.id);
export const all = createServerFn({ method: "GET" }).middleware([requireAdmin])
  .handler(async ({ context }): Promise<boolean> => context.session.user.isSiteAdmin);
export const unguarded = createServerFn({ method: "GET" })
  // @ts-expect-error: without a guard there is no session
  .handler(async ({ context }): Promise<string> => context.session.user.id);
export const name = (): string => Route.useRouteContext().user.name;
"""


@pytest.fixture(scope="module")
def checker() -> Iterator[TypeChecker]:
    with TypeChecker(partial(ensure_packages, PACKAGES)) as checker:
        yield checker


@pytest.mark.parametrize("project", ["bookshop", "processn", "members"])
def test_all_modules_of_the_generated_app_compile_together(
    checker: TypeChecker, project: str, request: pytest.FixtureRequest
) -> None:
    shop: Workbench = request.getfixturevalue(project)
    parts = (shop.schema, shop.permissions.rendering, shop.sign_in.rendering)
    modules = {path: text for part in parts for path, text in typescript_files(part).items()}
    assert {"schema/index.ts", "permissions/views.ts", "auth/server.ts", "start/guards.ts"} <= set(modules)
    assert checker.check({**modules, "start/routeTree.gen.ts": ROUTES}) == ()


@pytest.mark.parametrize("project", ["processn", "members"])
def test_the_guards_compile_and_give_their_server_functions_a_session(
    checker: TypeChecker, project: str, request: pytest.FixtureRequest
) -> None:
    shop: Workbench = request.getfixturevalue(project)
    artifacts = shop.sign_in.rendering.artifacts
    modules = {artifact.path: artifact.text for artifact in artifacts if artifact.language == "typescript"}
    assert {"start/guards.ts", "start/routes/_authed.ts", "auth/server.ts"} <= set(modules)
    assert checker.check({**modules, "start/routeTree.gen.ts": ROUTES, "start/use.ts": USE}) == ()
