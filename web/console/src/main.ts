// The console starts here.
import './app.css';
// The chosen colours stand before anything is drawn.
import './lib/choice.svelte.ts';
import { mount } from 'svelte';
import App from './App.svelte';

const target = document.getElementById('console');
if (target) mount(App, { target });
