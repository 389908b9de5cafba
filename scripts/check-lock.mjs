import { readFileSync } from 'node:fs';

/**
 * Whether a lock file installs on every platform: each package has a version and an integrity hash, each optional
 * dependency (the binaries of every platform among them) is there in the version asked for, and all come from one host.
 * Usage: node scripts/check-lock.mjs [FILE]
 */
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:[-+].+)?$/;
const file = process.argv[2] ?? 'package-lock.json';
const { packages } = JSON.parse(readFileSync(file, 'utf8'));
const problems = [
  ...Object.entries(packages).flatMap(([path, entry]) => [
    ...checkEntry(path, entry),
    ...checkOptional(path, entry),
  ]),
  ...checkHosts(),
];

if (problems.length > 0) {
  const wayOut = 'Pin the package one release back, or lock again when the registry has all of it.';
  process.stderr.write(
    [`${file} is incomplete:`, ...problems.map((text) => `  - ${text}`), wayOut, ''].join('\n'),
  );
  process.exitCode = 1;
}

function checkEntry(path, { version, integrity, link, inBundle }) {
  if (path === '' || link || inBundle) return [];
  const lacking = Object.entries({ version, integrity }).filter(([, value]) => value === undefined);
  return lacking.map(([key]) => `${path} has no ${key}`);
}

function checkOptional(path, { version, optionalDependencies = {} }) {
  return Object.entries(optionalDependencies).flatMap(([name, wanted]) => {
    const found = lookUp(path, name);
    const owner = `${path} ${version ?? ''}`.trim();
    if (found === undefined) return [`${owner} needs ${name} ${wanted}, which is missing`];
    if (!EXACT_VERSION.test(wanted) || found.version === wanted) return [];
    return [`${owner} needs ${name} ${wanted}, and ${found.version} is locked`];
  });
}

/** The entry that Node would resolve to: the nearest node_modules upwards. */
function lookUp(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

function checkHosts() {
  const urls = Object.values(packages).flatMap(({ resolved, link }) =>
    resolved === undefined || link ? [] : [resolved],
  );
  const hosts = [...new Set(urls.map(hostOf))];
  return hosts.length > 1 ? [`packages come from ${hosts.length} places: ${hosts.join(', ')}`] : [];
}

function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host || url : url;
}
