/**
 * Ends with 1 when main is no longer at the commit that a workflow runs for: an approval may come days later, and a slow run
 * after a fast one. Reads what GitHub gives every job: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA and, as GH_TOKEN, its token.
 */
const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA, GH_TOKEN } = process.env;
const problem = await problemOf(GITHUB_SHA);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

async function problemOf(commit) {
  try {
    const head = await headOfMain();
    if (head === commit) return undefined;
    return `Nothing is deployed: main is at ${head} now, and this run is for ${commit}. The run of that commit deploys both.`;
  } catch (error) {
    return `Nothing is deployed: GitHub does not tell where main is (${error.cause?.code ?? error.message}). Run this job again.`;
  }
}

async function headOfMain() {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/git/ref/heads/main`, {
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${GH_TOKEN}` },
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { object } = await response.json();
  return object.sha;
}
