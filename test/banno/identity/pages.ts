/** The bank's own pages: sign-in, consent, sign-out, errors. Plain HTML, no script. */
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import type { Persona } from '../personas/persona.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; accent-color: #007759 }
  main { max-width: 32rem; margin: 3rem auto; padding: 0 1.5rem }
  fieldset { border: 1px solid #8888; border-radius: 8px; padding: 0.5rem 1rem }
  label { display: flex; gap: 0.75rem; padding: 0.5rem 0; align-items: baseline }
  small { display: block; opacity: 0.75 }
  button { font: inherit; padding: 0.5rem 1.5rem; margin: 1rem 0.5rem 0 0 }
  li { overflow-wrap: anywhere }`;

export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Sandbox Bank</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

export function signInPage(personas: readonly Persona[], chosenId: string | undefined): string {
  const checkedId = chosenId ?? personas[0]?.id;
  const options = personas.map(
    ({ id, title, description }) => `<label>
<input type="radio" name="persona" value="${escapeHtml(id)}" ${id === checkedId ? 'checked' : ''}>
<span>${escapeHtml(title)}<small>${escapeHtml(description)}</small></span></label>`,
  );
  return page(
    'Sign in',
    `<form method="post"><fieldset><legend>Who are you?</legend>${options.join('\n')}</fieldset>
<button>Sign in</button></form>`,
  );
}

export function consentPage(clientName: string, scopes: readonly string[]): string {
  const items = scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('\n');
  return page(
    'Allow access?',
    `<p><strong>${escapeHtml(clientName)}</strong> asks for:</p>
<ul>${items}</ul>
<form method="post"><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></form>`,
  );
}

export function renderError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  ctx.type = 'html';
  ctx.body = page(
    'This request cannot be answered',
    `<p><code>${escapeHtml(out.error)}</code></p>\n<p>${escapeHtml(out.error_description ?? '')}</p>`,
  );
}

export function renderSignOut(ctx: KoaContextWithOIDC, form: string): void {
  ctx.type = 'html';
  ctx.body = page(
    'Sign out?',
    `${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button type="submit" form="op.logoutForm">Stay signed in</button>`,
  );
}

export function renderSignedOut(ctx: KoaContextWithOIDC): void {
  ctx.type = 'html';
  ctx.body = page('You are signed out', '<p><a href="/">Back to the bank</a></p>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
