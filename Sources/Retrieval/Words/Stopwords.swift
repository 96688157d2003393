/// Words that say nothing of what a question is about, in English and Spanish, without accents.
enum Stopwords {
    static func contains(_ word: String) -> Bool { words.contains(word) }

    private static let words = Set(
        """
        a about above after again all also am an and any are as at be because been before being below between both but \
        by can could did do does doing don down during each few for from further get give had has have having he her \
        here hers him his how i if in into is it its just let like ll made make me more most my no nor not now of off \
        on once only or other our out over own please re s same say she should show so some such t tell than that the \
        their them then there these they this those through to too under until up us ve very want was we were what \
        when where which while who whom why will with would you your \
        al algo algun alguna algunas algunos ante antes aqui asi aun aunque bajo bien cada como con contra cual cuales \
        cuando cuanto cuantos da dame de del desde dice dijo dime donde dos e el ella ellas ellos en entre era eran es \
        esa esas ese eso esos esta estaba estado estamos estan estas este esto estos fue fueron ha habia habla hablame \
        haber hace hacer haces hago han has hasta hay haz he hemos hizo la las le les lo los mas me mi mis mismo mucho \
        muy nada ni nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque pregunte pregunto \
        puede pueden puedes pues que quien quienes quiero se sea ser si sido sin sino sobre solo son soy su sus tambien \
        tan tanto te tengo ti tiene tienen toda todas todo todos tu tus un una unas uno unos ustedes va vamos y ya yo
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
