/** `npm run demo`: a sandbox bank whose dashboard shows the card, with nothing to configure. */
import { launchDemo } from './launch.ts';
import { run, tell } from './run.ts';
import { welcome } from './welcome.ts';

await run(async () => {
  const demo = await launchDemo({ tell });
  tell(welcome(demo.dashboardUrl, demo.publicUrls));
  return demo;
});
