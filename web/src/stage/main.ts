import '../lib/ui/tokens.css';
