// Sets the colours that the person chose, before the page is painted.
(function () {
  try {
    var scheme = localStorage.getItem('latchkey-docs-scheme');
    if (scheme) document.documentElement.dataset.scheme = scheme;
  } catch (error) {
    // The browser keeps nothing for this page: it follows the system.
  }
})();
