// What pages do beyond plain links and forms. Every page works without it.
