// The form alone.

import standard from 'given:standard';
import { form } from './form.mjs';

form(standard, document.getElementById('app'));
