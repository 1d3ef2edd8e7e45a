/** The Kubernetes example, by the schemas of its kinds, and by what the server itself asks for. */
import { readFileSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '../../../server/config.ts';
import { withSecretFiles } from './secret-files.ts';

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: unknown;
}

const KINDS: Record<string, new (manifest: never) => { validate(): void }> = {
  Deployment,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
};
const manifests = parseAllDocuments(
  readFileSync(new URL('../../../deploy/kubernetes.yaml', import.meta.url), 'utf8'),
).map((document) => document.toJS() as Manifest);
const deployments = manifests
  .filter(({ kind }) => kind === 'Deployment')
  .map((manifest) => new Deployment(manifest as never));

test.for(manifests)('$kind $metadata.name is what its schema says', (manifest) => {
  const Kind = KINDS[manifest.kind];
  expect(Kind, manifest.kind).toBeDefined();
  if (Kind !== undefined) new Kind(manifest as never).validate();
});

test('a manifest with a mistake is refused', () => {
  const [card] = manifests;
  const spec = { ...(card?.spec as object), replicas: 'two' };
  expect(() => new Deployment({ ...card, spec } as never).validate()).toThrow();
});

test('the server starts with what the example says: every variable is one of its own', () => {
  const variables = containerOf('account-card')?.env ?? [];
  const config = loadConfig(
    withSecretFiles(Object.fromEntries(variables.map(({ name, value }) => [name, value]))),
  );
  expect(config.institutions).toHaveLength(1);
  expect(config.valkey).toBeDefined();
  expect(config.operationsHost).toBe('0.0.0.0');
});

test('two instances, none of them root, none with anything to write', () => {
  const card = deployments.find(({ metadata }) => metadata?.name === 'account-card');
  expect(card?.spec?.replicas).toBe(2);
  for (const { spec } of deployments) {
    expect(spec?.template.spec?.securityContext?.runAsNonRoot).toBe(true);
    for (const container of spec?.template.spec?.containers ?? [])
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
  }
});

test('probes ask the operations port, and a stop waits for what is running', () => {
  const { livenessProbe, readinessProbe, ports } = containerOf('account-card') ?? {};
  expect(livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'operations' });
  expect(readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'operations' });
  expect(ports).toContainEqual({ name: 'operations', containerPort: 4101 });
  const spec = deployments.find(({ metadata }) => metadata?.name === 'account-card')?.spec?.template.spec;
  expect(spec?.terminationGracePeriodSeconds).toBeGreaterThan(25 + 5);
});

function containerOf(name: string) {
  const deployment = deployments.find(({ metadata }) => metadata?.name === name);
  return deployment?.spec?.template.spec?.containers.find((container) => container.name === name);
}
