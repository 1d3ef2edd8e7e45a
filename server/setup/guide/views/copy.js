/** Gives each exact value its copy button; without a script there are none. */
const status = document.getElementById('copied');

function select(value) {
  const selection = getSelection();
  selection.selectAllChildren(value);
}

async function copy(value) {
  // Selected first: where a browser lets no script copy, a key press still does.
  select(value);
  try {
    await navigator.clipboard.writeText(value.textContent);
    return true;
  } catch {
    // A page from a file has no clipboard in some browsers, and the old command in all.
    return document.execCommand('copy');
  }
}

for (const button of document.querySelectorAll('.copy')) {
  const value = button.previousElementSibling;
  const [label] = button.children;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const isCopied = await copy(value);
    label.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
    status.textContent = isCopied ? `Copied: ${value.textContent}` : 'Selected. Press Ctrl+C to copy.';
    button.classList.toggle('done', isCopied);
    setTimeout(() => {
      label.textContent = 'Copy';
      button.classList.remove('done');
    }, 2000);
  });
}
