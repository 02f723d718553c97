// The launcher's style, applied through a constructed sheet, so that a strict host policy has nothing to object to.

// The host element is no box at all, `!important` because a page's own `* {…}` beats `:host`; the wrapper inside resets
// what would be inherited. Whether the icon is black or white follows from the shop's colour, whatever that is. No transform, filter or containment around the panel: it would catch what is fixed.
export const look = `
:host{all:initial!important;display:contents!important}
.w{all:initial;direction:inherit;position:fixed;z-index:2147483000;font:15px/22px system-ui,sans-serif;--a:#0f766e;--s:#fff;--l:#dee2e5;--i:#171b22}
[hidden]{display:none!important}
button{all:unset;position:fixed;z-index:1;inset-block-end:20px;inset-inline-end:20px;width:56px;height:56px;border-radius:50%;background:var(--a);color:#fff;color:oklch(from var(--a) clamp(0,(.62 - l)*999,1) 0 0);cursor:pointer;display:grid;place-items:center;box-shadow:0 8px 24px #171b2240}
button:focus-visible{outline:3px solid var(--a);outline-offset:3px;box-shadow:0 0 0 3px var(--s)}
svg{width:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;inset-block-start:-3px;inset-inline-end:-3px;min-width:10px;padding:0 6px;border-radius:11px;background:#be222a;color:#fff;font:600 12px/22px system-ui,sans-serif;text-align:center}
.p{position:fixed;inset-block-end:92px;inset-inline-end:20px;width:384px;max-width:calc(100vw - 40px);height:min(660px,100vh - 112px);border-radius:16px;overflow:hidden;background:var(--s);color:var(--i);box-shadow:0 0 0 1px var(--l),0 16px 48px #171b2240}
.s button,.s .p{inset-inline:20px auto}
iframe{border:0;width:100%;height:100%;color-scheme:light dark;opacity:0}
.r iframe{opacity:1}
p{position:absolute;inset:0;display:grid;place-items:center}
.r p{display:none}
@media(prefers-color-scheme:dark){.w{--a:#4b9790;--s:#13161b;--l:#2c3138;--i:#eceff3}}
@media(prefers-reduced-motion:no-preference){.p{animation:u .16s ease-out}iframe{transition:opacity .12s}@keyframes u{0%{opacity:0;translate:0 8px}}}
@media(max-width:480px){.w .p{inset:var(--t,0) 0 auto;width:100vw;max-width:none;height:var(--h,100dvh);border-radius:0;animation:none}.f{display:none}}
@media(forced-colors:active){button,.p{border:2px solid ButtonText;margin:-2px}}
@media print{.w{display:none}}
`;
