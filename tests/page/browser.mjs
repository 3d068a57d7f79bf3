// Chromium of the system, without any network of its own.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function launch() {
  const executablePath = places.find((p) => p && existsSync(p));
  if (!executablePath) {
    throw new Error("no Chromium: install the package `chromium`, or set CHROMIUM");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

// The program, built by `cargo build`.
export function program() {
  const found = [process.env.VANBAN, join(root, "target/release/vanban"), join(root, "target/debug/vanban")];
  const path = found.find((p) => p && existsSync(p));
  if (!path) throw new Error("no program: run `cargo build` first, or set VANBAN");
  return path;
}
