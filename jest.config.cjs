const project = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  // hyparquet and what it takes come as ES modules only, which jest reads once they are turned into CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(hyparquet|hyparquet-compressors|hysnappy)/)'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
});

module.exports = {
  testTimeout: 120_000,
  projects: ['unit', 'integration', 'recorded', 'policy', 'e2e'].map(project),
};
