const form = document.querySelector('#login');
const told = document.querySelector('#told');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  told.textContent = '';
  try {
    const answer = await fetch('/page/login', {method: 'POST', body: form.querySelector('#token').value});
    if (answer.ok) {
      location.reload();
    } else {
      told.textContent = 'This is not the token.';
    }
  } catch {
    told.textContent = 'The portal does not answer.';
  }
});
