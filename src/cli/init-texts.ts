/** What leakrank init writes and prints. */

/** A configuration that changes nothing: a start to uncomment. */
export const CONFIG_START = `// Options of leakrank for this project. Flags on the command line win over them.
// Every long option may stand here in camelCase: --max-routes is "maxRoutes". Comments are allowed.
{
  "$schema": "./node_modules/leakrank/dist/leakrank.config.schema.json",

  // A route may keep so much per call, and so much in all its calls. Sizes need a unit: KiB of 1024, kB of 1000.
  // "maxLeakPerCall": "10KiB",
  // "maxLeaked": "50MiB",
  // A worker may grow so much from its first to its last reading.
  // "maxWorkerGrowth": "200MiB",

  // Other limits for some routes; the first that matches holds, null lifts the limit.
  // "routeLimits": [
  //   { "match": "^/reports/", "maxLeakPerCall": "1MiB" },
  //   { "match": "^/debug/", "maxLeakPerCall": null, "maxLeaked": null }
  // ],

  // The report (leakrank --json) or log of before: no route may leak that did not there, or leak more.
  // "baseline": "leaks-baseline.json",
  // Smaller changes per call do not count.
  // "minChange": "1KiB",

  // What becomes of a gate for which the log says too little: "pass" or "fail".
  // "inconclusive": "pass",

  // Routes that are none of yours.
  // "exclude": ["^/healthz$", "^/static/"]
}
`;

/** A workflow that runs a load test and fails when a leak came in. */
export function githubWorkflow(version: string): string {
  return `name: leaks
on: [pull_request]
permissions:
  contents: read
jobs:
  leaks:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Your load test: uWSGI with memory-report = 1 and one thread per worker, its log in uwsgi.log,
      # some thousand requests.
      - run: ./load-test.sh > uwsgi.log 2>&1
      - run: npx --yes leakrank@${version} --json --output leaks.json --exit-zero uwsgi.log
      - run: |
          # Until a baseline is committed, the limit alone holds.
          if [ -f leaks-baseline.json ]; then set -- --baseline leaks-baseline.json; fi
          npx --yes leakrank@${version} --max-leak-per-call 100KiB "$@" uwsgi.log
      - if: always() && hashFiles('leaks-baseline.json') != ''
        run: npx --yes leakrank@${version} compare --report markdown leaks-baseline.json uwsgi.log >> "$GITHUB_STEP_SUMMARY"
      # Commit this file as leaks-baseline.json when its leaks are known and accepted.
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: leaks
          path: leaks.json
`;
}

/** The same as a GitLab job. */
export function gitlabJob(version: string): string {
  return `leaks:
  image: node:22
  script:
    # Your load test: uWSGI with memory-report = 1 and one thread per worker, its log in uwsgi.log.
    - ./load-test.sh > uwsgi.log 2>&1
    - npx --yes leakrank@${version} --json --output leaks.json --exit-zero uwsgi.log
    # Until a baseline is committed, the limit alone holds.
    - |
      if [ -f leaks-baseline.json ]; then set -- --baseline leaks-baseline.json; fi
      npx --yes leakrank@${version} --max-leak-per-call 100KiB "$@" uwsgi.log
  artifacts:
    when: always
    paths:
      - leaks.json
`;
}
