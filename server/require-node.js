/** Refuses to start on a Node that cannot run this server; plain JavaScript, so that an old Node can read it. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `The account card needs Node 24 or later; this is Node ${process.versions.node}. Run it with "npm start" after "npm ci", which brings the right one.\n`,
  );
  process.exit(1);
}
