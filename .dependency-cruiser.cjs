/** Who may import whom; the picture is in CONTRIBUTING.md. */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }, 'The flow never turns round.'),
    forbid(
      'core-is-pure',
      { path: '^core/' },
      { pathNot: '^core/|(^|/)node_modules/zod/', dependencyTypesNot: ['core'] },
      'core holds the meaning: no SDK, disk, clock, environment or logger.',
    ),
    forbid(
      'core-node-builtins',
      { path: '^core/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
      'Of Node itself core takes only pure functions: hashing and compression.',
    ),
    forbid(
      'runs-before-messages-before-redrive',
      { path: '^core/(orchestration|messages)/' },
      { path: '^core/redrive/' },
      'A redrive looks at runs and letters; neither knows of it.',
    ),
    forbid(
      'runs-know-no-messages',
      { path: '^core/orchestration/' },
      { path: '^core/messages/' },
      'A message carries a request of a run; a run knows of no message.',
    ),
    forbid(
      'adapters-know-core-only',
      { path: '^adapters/([^/]+)/' },
      { path: '^(cli|handlers|simulators|stacks|modules|bench|tests)/' },
      'Adapters serve the core.',
    ),
    forbid(
      'adapters-do-not-meet',
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/', pathNot: '^adapters/$1/' },
      'One folder per outside system.',
    ),
    forbid(
      'contracts-stand-alone',
      { path: '^handlers/[^/]+/contract\\.ts$' },
      {},
      'A contract is read by what deploys the function, which bundles nothing of it.',
    ),
    forbid(
      'handlers-know-adapters-and-core',
      { path: '^handlers/([^/]+)/' },
      { path: '^(cli|simulators|stacks|modules|bench|tests)/|^handlers/', pathNot: '^handlers/$1/' },
      'A handler names what its own bundle holds.',
    ),
    forbid(
      'only-contracts-are-read-outside',
      { pathNot: '^(handlers|tests|bench)/' },
      { path: '^handlers/', pathNot: '^handlers/[^/]+/contract\\.ts$' },
      'What deploys a function knows its contract and its bundle.',
    ),
    forbid(
      'simulators-stand-alone',
      { path: '^simulators/' },
      { path: '^(cli|handlers|adapters|stacks|modules|bench|tests)/' },
      'A simulator shares no code with the client it judges.',
    ),
    forbid(
      'simulators-know-no-core',
      { path: '^simulators/' },
      { path: '^core/' },
      'A simulator shares no code with the client it judges.',
    ),
    forbid(
      'only-commands-start-simulators',
      { path: '^(core|adapters|handlers)/' },
      { path: '^simulators/' },
      'Production never reaches simulated data.',
    ),
    forbid(
      'modules-know-terraform-only',
      { path: '^modules/' },
      {
        pathNot: '^modules/|(^|/)node_modules/(cdktf|constructs|@cdktf/provider-aws)/',
        dependencyTypesNot: ['core'],
      },
      'A module knows what it deploys, never what runs there.',
    ),
    forbid(
      'stacks-wire-modules',
      { path: '^stacks/' },
      {
        pathNot:
          '^(stacks|modules|core|resources/state-machines)/|^handlers/[^/]+/contract\\.ts$|(^|/)node_modules/(cdktf|constructs|@cdktf/provider-aws)/',
        dependencyTypesNot: ['core'],
      },
      'A stack says what is deployed together; of a function it knows the contract alone.',
    ),
    forbid(
      'main-reads-files-and-makes-stacks',
      { path: '^main\\.ts$' },
      {
        pathNot:
          '^stacks/|^adapters/filesystem/(environment|bootstrap)-file\\.ts$|^core/|(^|/)node_modules/cdktf/',
        dependencyTypesNot: ['core'],
      },
      'One line per stack, from the files that people write.',
    ),
    forbid(
      'runtime-knows-no-terraform',
      { path: '^(core|adapters|cli|handlers|simulators)/' },
      { path: '^(stacks|modules)/|^main\\.ts$|(^|/)node_modules/(cdktf|constructs|@cdktf)/' },
      'What runs does not know how it is deployed.',
    ),
    forbid('nobody-imports-tests', { pathNot: '^(tests|bench)/' }, { path: '^tests/' }, 'Tests are leaves.'),
    forbid(
      'no-drawer-folders',
      {},
      { path: '(^|/)(utils|helpers|common|shared)/', pathNot: '^node_modules/' },
      'A folder is named after what it holds.',
    ),
    forbid(
      'not-to-dev-dependency',
      { path: '^(core|adapters|cli|handlers|simulators)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
      'Runtime code needs runtime packages.',
    ),
    forbid('resolvable', {}, { couldNotResolve: true }, 'Every import resolves.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
