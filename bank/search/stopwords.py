"""Stop words per language, as `fold_word` leaves them (without accents): words that say nothing by themselves.

They don't count as words that an entry must have; phrases keep them.
"""

SPANISH_STOP_WORDS = """
a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun
aunque cada como con contra cual cuales cuando cuyo cuya cuyos cuyas de del desde donde dos e el ella
ellas ellos en entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos fue
fueron ha habia habian han hasta hay he la las le les lo los mas me mi mientras mis misma mismo mismos
muy ni no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero por porque
pues que quien quienes se sea sean segun ser si sido sin sobre son su sus tal tambien tan tanto te tiene
tienen todo todos toda todas tras tu tus u un una unas uno unos y ya yo"""

PORTUGUESE_STOP_WORDS = """
a ao aos aquela aquelas aquele aqueles as ate cada com como da das de dela dele deles do dos e ela elas
ele eles em entre era eram essa essas esse esses esta estao estas este estes eu foi foram ha isso isto
ja lhe lhes mais mas me mesmo meu minha muito na nas nao nem no nos nossa nossas nosso nossos num numa o
os ou para pela pelas pelo pelos por porque qual quando que quem sao se seja sem ser seu seus so sobre
sua suas tambem te tem ter toda todas todo todos um uma umas uns"""

CATALAN_STOP_WORDS = """
a al als amb aquell aquella aquelles aquells aquest aquesta aquestes aquests aixo allo cada com d de del
dels des doncs e el ella elles ells els em en ens entre era eren es esta estan et fins ha han hi ho i ja
l la les li lo m mes molt n ne ni no nosaltres nostra nostre nostres o on pel pels per pero perque qual
quan que qui s se segons sense ser seu seus seva seves si sobre son t tambe tan tot tota totes tots un
una unes uns"""

FRENCH_STOP_WORDS = """
a afin ai aux au avec ainsi avoir c ce cela celle celles celui ces cet cette ceux chaque comme d dans de
des donc dont du elle elles en entre est et etait etaient ete etre eux il ils j je l la le les leur
leurs lors lui m ma mais me meme mes n ne ni nos notre nous on ont ou par pas plus pour qu que qui s sa
sans se ses si son sont sous sur t ta te tous tout toute toutes tres tu un une vos votre vous y"""

ENGLISH_STOP_WORDS = """
a about after all also an and any are as at be because been before being between both but by can could
did do does each for from had has have he her here him his how i if in into is it its itself me more
most my no nor not of on once only or other our out over own s same she should so some such t than that
the their them then there these they this those through to too under until up very was we were what when
where which while who whom why will with would you your"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "es": frozenset(SPANISH_STOP_WORDS.split()),
    "pt": frozenset(PORTUGUESE_STOP_WORDS.split()),
    "ca": frozenset(CATALAN_STOP_WORDS.split()),
    "fr": frozenset(FRENCH_STOP_WORDS.split()),
    "en": frozenset(ENGLISH_STOP_WORDS.split()),
}
STOP_WORDS["und"] = frozenset().union(*STOP_WORDS.values())
