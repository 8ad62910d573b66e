/* Utfall: quicker where scripts run. Every page works without this file. */
'use strict'

/* The error summary is read first. */
const fel = document.querySelector('[role=alert]')
if (fel) fel.focus()

/* A form is sent once; the server also refuses the second by its idempotency key. */
let skickad = false
/* What could not be saved stands in its field, and only there. */
let andrad = Boolean(fel && document.querySelector('form[method=post] textarea'))
for (const formular of document.querySelectorAll('form[method=post]')) {
  formular.addEventListener('input', () => { andrad = true })
  formular.addEventListener('submit', (handelse) => {
    if (skickad) { handelse.preventDefault(); return }
    skickad = true
  })
}

/* Back from another page, the form may be sent again. */
addEventListener('pageshow', () => { skickad = false })

/* What has been written is not lost by a slip. */
addEventListener('beforeunload', (handelse) => {
  if (andrad && !skickad) handelse.preventDefault()
})

/* A page about something under way is fetched again. */
const pagar = document.querySelector('[data-ladda-om]')
if (pagar) setTimeout(() => location.reload(), 1000 * Number(pagar.dataset.laddaOm))
