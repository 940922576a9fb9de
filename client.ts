import "@/assets/styles.css";
