import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldersAround } from '../../host.js';
import { tracingPackage } from '../../../runtime/tracing/index.js';

/** Where generated code finds what it imports. */
export interface Packages {
  /** Folders by the name of the package. */
  readonly folders: ReadonlyMap<string, string>;
  /** Of the Temporal SDK. */
  readonly sdkVersion: string;
  /** What the user should know about the choice. */
  readonly note: string | undefined;
}

/** The folder that twfc itself is installed in. */
export function ownFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = [here, ...foldersAround(here).toReversed()];
  return folders.find((folder) => nameOf(folder) === 'twfc') ?? here;
}

/**
 * The Temporal SDK of a project, where it has one that is new enough, else the one that twfc came with; and what else
 * generated code needs.
 */
export function findPackages(project: string): Packages {
  const own = ownFolder();
  const manifest = manifestOf(own) as { dependencies: Record<string, string> };
  const names = Object.keys(manifest.dependencies).filter((name) => name !== 'esbuild' && name !== 'protobufjs');
  const sdk = findPackage(project, '@temporalio/worker');
  const ownSdk = findPackage(own, '@temporalio/worker')!;
  const [theirs, ours] = [sdk && versionOf(sdk), versionOf(ownSdk)];
  const usable = sdk !== undefined && theirs !== undefined && !isOlder(theirs, ours);

  const folders = new Map<string, string>();
  for (const name of names) {
    const found =
      (usable ? (findPackage(project, name) ?? findPackage(sdk, name)) : undefined) ?? findPackage(own, name);
    if (found !== undefined) folders.set(name, found);
  }
  const tracing = usable ? findPackage(project, tracingPackage) : findPackage(own, tracingPackage);
  if (tracing !== undefined) folders.set(tracingPackage, tracing);
  const note =
    theirs !== undefined && !usable
      ? `The project's Temporal SDK is version ${theirs}; generated code needs ${ours}, which twfc came with and uses.`
      : undefined;
  return { folders, sdkVersion: usable ? theirs : ours, note };
}

/**
 * Fills a `node_modules` folder: links for packages, and a copy of twfc's runtime, whose own imports are then found
 * there too.
 */
export function installPackages(packages: Packages, folder: string): void {
  const modules = join(folder, 'node_modules');
  for (const [name, target] of packages.folders) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name), 'junction');
  }
  const own = ownFolder();
  mkdirSync(join(modules, 'twfc'));
  cpSync(join(own, 'package.json'), join(modules, 'twfc/package.json'));
  cpSync(runtimeFolder(), join(modules, 'twfc/dist/runtime'), { recursive: true });
}

/** The texts of twfc's runtime: what was built for another is of no use. */
export function runtimeTexts(): string[] {
  return readdirSync(runtimeFolder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .sort();
}

/** Beside the command, as it is built. */
function runtimeFolder(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'runtime');
  return existsSync(beside) ? beside : join(ownFolder(), 'dist/runtime');
}

/** By the rules of Node: in the `node_modules` of a folder, or of one around it. */
function findPackage(from: string, name: string): string | undefined {
  const found = [from, ...foldersAround(from).toReversed()]
    .map((folder) => join(folder, 'node_modules', name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  return found === undefined ? undefined : realpathSync(found);
}

function manifestOf(folder: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}

function nameOf(folder: string): string | undefined {
  return manifestOf(folder)?.name;
}

function versionOf(folder: string): string {
  return manifestOf(folder)?.version ?? '0.0.0';
}

function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[.-]/, 3).map(Number);
  const [a, b] = [parts(version), parts(than)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && !(a[at]! > b[at]!);
}
