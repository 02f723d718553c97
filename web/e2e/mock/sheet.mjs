// Puts pictures side by side on one sheet: sheet.mjs OUT.png [x,y,w,h|-] PICTURE…
import { readFileSync } from 'node:fs';
import { launch } from '../support/browser.mjs';

const [out, cut, ...files] = process.argv.slice(2);
const browser = await launch();
const page = await browser.newPage();
const pictures = files.map((file) => `data:image/png;base64,${readFileSync(file).toString('base64')}`);
const clip = cut === '-' ? null : cut.split(',').map(Number);
const size = await page.evaluate(async ([sources, box]) => {
  document.body.style.cssText = 'margin:0;display:flex;gap:10px;align-items:flex-start;background:#888;width:max-content';
  for (const source of sources) {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    const [x, y, w, h] = box ?? [0, 0, image.width, image.height];
    canvas.width = w;
    canvas.height = h;
    canvas.getContext('2d').drawImage(image, -x, -y);
    document.body.append(canvas);
  }
  return [document.body.scrollWidth, document.body.scrollHeight];
}, [pictures, clip]);
await page.setViewportSize({ width: size[0], height: size[1] });
await page.screenshot({ path: out });
await browser.close();
