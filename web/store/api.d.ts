/** Made by `npm run api-client` of docs/openapi.json: NuZSFRpcIx9uW4S5mrCj_0s0V6_lFmp4ZOlV4AYFyQ0 */
export interface paths {
    "/api/v1/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getShop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/theme.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getTheme"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["registerUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/v1/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        delete: operations["endMySessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/email/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["askEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["askEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMyAddresses"];
        put?: never;
        post: operations["keepMyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changeMyAddress"];
        post?: never;
        delete: operations["removeMyAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["forgetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/email/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/{asset}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRendition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/by-slug/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getProductBySlug"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listRelatedProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCategory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/brands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listBrands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAttributes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPriceLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-lists/{currency}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listBuyerPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prices/ranges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPriceRanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["createCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMyCarts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["claimCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["addCartItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{id}/items/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeCartItem"];
        options?: never;
        head?: never;
        patch: operations["setCartItem"];
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getOrderHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/user/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listOrdersOfUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/user/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPaymentsOfUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/order/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPaymentsOfOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPaymentMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["openPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["processPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/webhooks/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["hearPaymentProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReturnsOfOrder"];
        put?: never;
        post: operations["requestReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["withdrawReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMyReturns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["openLivePage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["searchProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suggestSearches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/clicks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["noteSearchClick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/interests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["forgetSearchInterests"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReviews"];
        put?: never;
        post: operations["writeReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listQuestions"];
        put?: never;
        post: operations["askQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/contributions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listOwnContributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changeContribution"];
        post?: never;
        delete: operations["removeContribution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributions/{id}/vote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["voteContribution"];
        post?: never;
        delete: operations["unvoteContribution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributions/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["answerContribution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributions/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["reportContribution"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listWishes"];
        put?: never;
        post: operations["mergeWishes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/wished-products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listWishedProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/wishes/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["addWish"];
        post?: never;
        delete: operations["removeWish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/robots.txt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["robots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sitemap.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sitemap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sitemaps/pages.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sitemapOfPages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sitemaps/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["sitemapOfProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/google.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["productFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/structured-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getStructuredData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["greet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["measure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["explainProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tour": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tour"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** Format: uri-reference */
            instance: string;
            code: string;
            errors?: {
                /** @enum {unknown} */
                in: "body" | "query" | "path" | "header";
                pointer: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        name: string;
                        currency: string;
                        languages: string[];
                        timeZone: string;
                        holdMinutes: number;
                        delivery: {
                            method: string;
                            price: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        look: {
                            colors: {
                                light: {
                                    paper: string;
                                    card: string;
                                    ink: string;
                                    muted: string;
                                    line: string;
                                    accent: string;
                                    onAccent: string;
                                    good: string;
                                    bad: string;
                                };
                                dark: {
                                    paper: string;
                                    card: string;
                                    ink: string;
                                    muted: string;
                                    line: string;
                                    accent: string;
                                    onAccent: string;
                                    good: string;
                                    bad: string;
                                };
                            };
                            radius: number;
                            fonts: "system" | "manrope" | "rubik-golos";
                            logo: {
                                asset: string | null;
                                text: string | null;
                                url: string | null;
                            };
                            tagline: {
                                [key: string]: string;
                            };
                            css: string;
                        };
                    };
                };
            };
        };
    };
    getTheme: {
        parameters: {
            query?: {
                v?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    registerUser: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    username: string;
                    password: string;
                    /** Format: date */
                    birthDate: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        username: string;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        username: string;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: {
                "User-Agent"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        refreshToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        expiresIn: number;
                    };
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        refreshToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        expiresIn: number;
                    };
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refreshToken?: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        username: string;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                        emailVerifiedAt: string | null;
                    };
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                };
                "application/merge-patch+json": {
                    username: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        username: string;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                        emailVerifiedAt: string | null;
                    };
                };
            };
        };
    };
    listMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            device: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lastUsedAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            isCurrent: boolean;
                        }[];
                    };
                };
            };
        };
    };
    endMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    oldPassword: string;
                    password: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    askEmailVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    askEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    listMyAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            phone: string | null;
                            line1: string;
                            line2: string | null;
                            city: string;
                            postalCode: string | null;
                            country: string;
                            isUsual: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
        };
    };
    keepMyAddress: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    phone?: string;
                    line1: string;
                    line2?: string;
                    city: string;
                    postalCode?: string;
                    country: string;
                    isUsual: boolean;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        phone: string | null;
                        line1: string;
                        line2: string | null;
                        city: string;
                        postalCode: string | null;
                        country: string;
                        isUsual: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    changeMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    phone?: string;
                    line1: string;
                    line2?: string;
                    city: string;
                    postalCode?: string;
                    country: string;
                    isUsual: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        phone: string | null;
                        line1: string;
                        line2: string | null;
                        city: string;
                        postalCode: string | null;
                        country: string;
                        isUsual: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    removeMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    forgetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    confirmEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getRendition: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
                Range?: string;
                "If-Range"?: string;
            };
            path: {
                asset: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/avif": unknown;
                    "image/webp": unknown;
                    "image/jpeg": unknown;
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/avif": unknown;
                    "image/webp": unknown;
                    "image/jpeg": unknown;
                };
            };
            301: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                sort?: "newest" | "price-up" | "price-down" | "rating" | "name";
                category?: string;
                brand?: string;
                minPrice?: number;
                maxPrice?: number;
                inStock?: boolean;
                attributes?: string;
                lang?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            slug: string;
                            sku: string;
                            name: string;
                            description: string;
                            price: {
                                amount: number;
                                currency: string;
                            };
                            priceFrom: {
                                amount: number;
                                currency: string;
                            };
                            priceTo: {
                                amount: number;
                                currency: string;
                            };
                            picture: string | null;
                            stock: number;
                            category: string | null;
                            brand: string | null;
                            variants: {
                                sku: string;
                                options: {
                                    code: string;
                                    valueCode: string;
                                    name: string;
                                    value: string;
                                }[];
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                stock: number;
                                weightGrams: number | null;
                            }[];
                            /** @constant */
                            status: "active";
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            availability: "in-stock" | "low" | "out" | "preorder";
                            salePrice: {
                                amount: number;
                                currency: string;
                            } | null;
                            wasPrice: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: {
                                average: number;
                                count: number;
                            } | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getProduct: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        slug: string;
                        sku: string;
                        name: string;
                        description: string;
                        price: {
                            amount: number;
                            currency: string;
                        };
                        salePrice: {
                            amount: number;
                            currency: string;
                        } | null;
                        wasPrice: {
                            amount: number;
                            currency: string;
                        } | null;
                        rating: {
                            average: number;
                            count: number;
                        } | null;
                        stock: number;
                        category: string | null;
                        brand: string | null;
                        variants: {
                            sku: string;
                            options: {
                                code: string;
                                valueCode: string;
                                name: string;
                                value: string;
                            }[];
                            price: {
                                amount: number;
                                currency: string;
                            };
                            stock: number;
                            availability: "in-stock" | "low" | "out" | "preorder";
                            weightGrams: number | null;
                            components: {
                                sku: string;
                                quantity: number;
                            }[];
                            pictures: string[];
                        }[];
                        status: "active" | "archived";
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        componentProducts: {
                            sku: string;
                            options: string[];
                            product: {
                                id: string;
                                slug: string;
                                name: string;
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                picture: string | null;
                            };
                        }[];
                        optionGroups: {
                            code: string;
                            name: string;
                            values: {
                                code: string;
                                name: string;
                                swatch: string | null;
                                goesWith: {
                                    [key: string]: string[];
                                };
                            }[];
                        }[];
                        attributes: {
                            code: string;
                            kind: "text" | "number" | "boolean" | "choice" | "choices" | "date";
                            name: string;
                            unit: string | null;
                            value: string | number | boolean | string[];
                            words: string[];
                        }[];
                        pictures: {
                            asset: string;
                            alt: string;
                        }[];
                        seo: {
                            title: string;
                            description: string;
                        };
                        texts?: {
                            name: {
                                [key: string]: string;
                            };
                            description: {
                                [key: string]: string;
                            };
                            seo: {
                                title: {
                                    [key: string]: string;
                                };
                                description: {
                                    [key: string]: string;
                                };
                            };
                        };
                        desk?: {
                            publication: {
                                status: "published" | "hidden";
                                from: string | null;
                                until: string | null;
                            };
                            taxCategory: string | null;
                            related: {
                                kind: "similar" | "goes-with" | "instead";
                                productId: string;
                            }[];
                            isVisible: boolean;
                        };
                    };
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getProductBySlug: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        slug: string;
                        sku: string;
                        name: string;
                        description: string;
                        price: {
                            amount: number;
                            currency: string;
                        };
                        salePrice: {
                            amount: number;
                            currency: string;
                        } | null;
                        wasPrice: {
                            amount: number;
                            currency: string;
                        } | null;
                        rating: {
                            average: number;
                            count: number;
                        } | null;
                        stock: number;
                        category: string | null;
                        brand: string | null;
                        variants: {
                            sku: string;
                            options: {
                                code: string;
                                valueCode: string;
                                name: string;
                                value: string;
                            }[];
                            price: {
                                amount: number;
                                currency: string;
                            };
                            stock: number;
                            availability: "in-stock" | "low" | "out" | "preorder";
                            weightGrams: number | null;
                            components: {
                                sku: string;
                                quantity: number;
                            }[];
                            pictures: string[];
                        }[];
                        status: "active" | "archived";
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        componentProducts: {
                            sku: string;
                            options: string[];
                            product: {
                                id: string;
                                slug: string;
                                name: string;
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                picture: string | null;
                            };
                        }[];
                        optionGroups: {
                            code: string;
                            name: string;
                            values: {
                                code: string;
                                name: string;
                                swatch: string | null;
                                goesWith: {
                                    [key: string]: string[];
                                };
                            }[];
                        }[];
                        attributes: {
                            code: string;
                            kind: "text" | "number" | "boolean" | "choice" | "choices" | "date";
                            name: string;
                            unit: string | null;
                            value: string | number | boolean | string[];
                            words: string[];
                        }[];
                        pictures: {
                            asset: string;
                            alt: string;
                        }[];
                        seo: {
                            title: string;
                            description: string;
                        };
                        texts?: {
                            name: {
                                [key: string]: string;
                            };
                            description: {
                                [key: string]: string;
                            };
                            seo: {
                                title: {
                                    [key: string]: string;
                                };
                                description: {
                                    [key: string]: string;
                                };
                            };
                        };
                        desk?: {
                            publication: {
                                status: "published" | "hidden";
                                from: string | null;
                                until: string | null;
                            };
                            taxCategory: string | null;
                            related: {
                                kind: "similar" | "goes-with" | "instead";
                                productId: string;
                            }[];
                            isVisible: boolean;
                        };
                    };
                };
            };
            301: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRelatedProducts: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kind: "similar" | "goes-with" | "instead";
                            direction: "to" | "from";
                            product: {
                                id: string;
                                slug: string;
                                name: string;
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                picture: string | null;
                            };
                        }[];
                        next: null;
                    };
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            slug: string;
                            name: string;
                            parent: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    getCategory: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        name: string;
                        parent: string | null;
                    };
                };
            };
            301: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listBrands: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            slug: string;
                            name: string;
                            story: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    listAttributes: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            code: string;
                            kind: "text" | "number" | "boolean" | "choice" | "choices" | "date";
                            name: string;
                            unit: string | null;
                            choices: {
                                code: string;
                                name: string;
                            }[];
                            isFacet: boolean;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    listPriceLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            currency: string;
                            delivery: {
                                [key: string]: number;
                            };
                        }[];
                        next: null;
                    };
                };
            };
        };
    };
    listPrices: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path: {
                currency: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            sku: string;
                            price: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    listBuyerPrices: {
        parameters: {
            query?: {
                skus?: string;
                quantity?: number;
                currency?: string;
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            sku: string;
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                            lowestBefore: {
                                amount: number;
                                currency: string;
                            } | null;
                            tiers: {
                                fromQuantity: number;
                                unitPrice: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                        }[];
                        next: null;
                    };
                };
            };
        };
    };
    listPriceRanges: {
        parameters: {
            query: {
                products: string;
                currency?: string;
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            productId: string;
                            from: {
                                amount: number;
                                currency: string;
                            };
                            to: {
                                amount: number;
                                currency: string;
                            };
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                        }[];
                        next: null;
                    };
                };
            };
        };
    };
    createCart: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    currency?: string;
                    country?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        userId: string | null;
                        /** @enum {string} */
                        status: "open" | "closed" | "merged" | "expired";
                        version: number;
                        currency: string;
                        market: string | null;
                        lines: {
                            sku: string;
                            productId: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            promisedUntil: string;
                            priceNow: {
                                amount: number;
                                currency: string;
                            } | null;
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            heldUntil: string | null;
                            name: string;
                        }[];
                        total: {
                            amount: number;
                            currency: string;
                        };
                        totalNow: {
                            amount: number;
                            currency: string;
                        } | null;
                        /** Format: date-time */
                        expiresAt: string;
                        orderId: string | null;
                        mergedInto: string | null;
                    };
                };
            };
        };
    };
    getCart: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        userId: string | null;
                        /** @enum {string} */
                        status: "open" | "closed" | "merged" | "expired";
                        version: number;
                        currency: string;
                        market: string | null;
                        lines: {
                            sku: string;
                            productId: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            promisedUntil: string;
                            priceNow: {
                                amount: number;
                                currency: string;
                            } | null;
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            heldUntil: string | null;
                            name: string;
                        }[];
                        total: {
                            amount: number;
                            currency: string;
                        };
                        totalNow: {
                            amount: number;
                            currency: string;
                        } | null;
                        /** Format: date-time */
                        expiresAt: string;
                        orderId: string | null;
                        mergedInto: string | null;
                    };
                };
            };
        };
    };
    listMyCarts: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            userId: string | null;
                            /** @enum {string} */
                            status: "open" | "closed" | "merged" | "expired";
                            version: number;
                            currency: string;
                            market: string | null;
                            lines: {
                                sku: string;
                                productId: string;
                                quantity: number;
                                components?: {
                                    sku: string;
                                    quantity: number;
                                }[];
                                unitPrice: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                promisedUntil: string;
                                priceNow: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                was: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                total: {
                                    amount: number;
                                    currency: string;
                                };
                                heldUntil: string | null;
                                name: string;
                            }[];
                            total: {
                                amount: number;
                                currency: string;
                            };
                            totalNow: {
                                amount: number;
                                currency: string;
                            } | null;
                            /** Format: date-time */
                            expiresAt: string;
                            orderId: string | null;
                            mergedInto: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    claimCart: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cartId: string;
                        version: number;
                        left: {
                            sku: string;
                            quantity: number;
                        }[];
                    };
                };
            };
        };
    };
    addCartItem: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sku: string;
                    quantity: number;
                    version?: number;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cartId: string;
                        version: number;
                        line: {
                            sku: string;
                            productId: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            promisedUntil: string;
                            priceNow: {
                                amount: number;
                                currency: string;
                            } | null;
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            heldUntil: string | null;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
        };
    };
    removeCartItem: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cartId: string;
                        version: number;
                    };
                };
            };
        };
    };
    setCartItem: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quantity: number;
                    version?: number;
                };
                "application/merge-patch+json": {
                    quantity: number;
                    version?: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cartId: string;
                        version: number;
                        line: {
                            sku: string;
                            productId: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            promisedUntil: string;
                            priceNow: {
                                amount: number;
                                currency: string;
                            } | null;
                            was: {
                                amount: number;
                                currency: string;
                            } | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            heldUntil: string | null;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: {
                asOf?: string;
            };
            header?: {
                "X-Order-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        /** @enum {string} */
                        status: "created" | "reserved" | "confirmed" | "fulfilled" | "cancelled";
                        userId: string | null;
                        lines: {
                            sku: string;
                            productId: string;
                            name: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            taxRate?: number;
                            taxName?: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            delivery?: {
                                amount: number;
                                currency: string;
                            };
                            deliveryTax?: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        items: {
                            amount: number;
                            currency: string;
                        };
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        taxes: {
                            areIncluded: boolean;
                            zone: string | null;
                            /** @enum {unknown} */
                            source: "none" | "own" | "outside" | "own-instead";
                            rates: {
                                name: string;
                                partsPerMillion: number;
                                net: {
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                        };
                        delivery: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        deliveryMethod: string;
                        paymentMethod: string;
                        paymentId: string;
                        reason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        email?: string;
                        shippingAddress?: {
                            name?: string;
                            line1: string;
                            line2?: string;
                            city: string;
                            postalCode?: string;
                            country: string;
                            phone?: string;
                        };
                    };
                };
            };
        };
    };
    getOrderHistory: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: {
                "X-Order-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            version: number;
                            /** Format: date-time */
                            at: string;
                            event: string;
                            words: string;
                            /** @enum {string} */
                            by: "buyer" | "staff" | "system";
                            internal?: {
                                caller: string;
                                userId: string | null;
                                paymentId: string | null;
                            };
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    cartId: string;
                    /** Format: email */
                    email: string;
                    shippingAddress?: {
                        name?: string;
                        line1: string;
                        line2?: string;
                        city: string;
                        postalCode?: string;
                        country: string;
                        phone?: string;
                    };
                    deliveryMethod: string;
                    paymentMethod: string;
                    expectedTotal?: {
                        amount: number;
                        currency: string;
                    };
                } | {
                    /** Format: uuid */
                    productId: string;
                    quantity: number;
                    /** Format: email */
                    email: string;
                    shippingAddress?: {
                        name?: string;
                        line1: string;
                        line2?: string;
                        city: string;
                        postalCode?: string;
                        country: string;
                        phone?: string;
                    };
                    deliveryMethod: string;
                    paymentMethod: string;
                    expectedTotal?: {
                        amount: number;
                        currency: string;
                    };
                } | {
                    sku: string;
                    quantity: number;
                    /** Format: email */
                    email: string;
                    shippingAddress?: {
                        name?: string;
                        line1: string;
                        line2?: string;
                        city: string;
                        postalCode?: string;
                        country: string;
                        phone?: string;
                    };
                    deliveryMethod: string;
                    paymentMethod: string;
                    expectedTotal?: {
                        amount: number;
                        currency: string;
                    };
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        /** @enum {string} */
                        status: "created" | "reserved" | "confirmed" | "fulfilled" | "cancelled";
                        userId: string | null;
                        lines: {
                            sku: string;
                            productId: string;
                            name: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            taxRate?: number;
                            taxName?: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            delivery?: {
                                amount: number;
                                currency: string;
                            };
                            deliveryTax?: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        items: {
                            amount: number;
                            currency: string;
                        };
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        taxes: {
                            areIncluded: boolean;
                            zone: string | null;
                            /** @enum {unknown} */
                            source: "none" | "own" | "outside" | "own-instead";
                            rates: {
                                name: string;
                                partsPerMillion: number;
                                net: {
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                        };
                        delivery: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        deliveryMethod: string;
                        paymentMethod: string;
                        paymentId: string;
                        reason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        payment: {
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                        };
                        token: string;
                    };
                };
            };
        };
    };
    listOrdersOfUser: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                status?: "created" | "reserved" | "confirmed" | "fulfilled" | "cancelled";
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            number: string;
                            /** @enum {string} */
                            status: "created" | "reserved" | "confirmed" | "fulfilled" | "cancelled";
                            userId: string | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        orderId: string;
                        userId: string | null;
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                        method: string;
                        transactionId: string | null;
                        action?: {
                            url: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    listPaymentsOfUser: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            orderId: string;
                            userId: string | null;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                            method: string;
                            transactionId: string | null;
                            action?: {
                                url: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    listPaymentsOfOrder: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: {
                "X-Order-Token"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            orderId: string;
                            userId: string | null;
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                            method: string;
                            transactionId: string | null;
                            action?: {
                                url: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    listPaymentMethods: {
        parameters: {
            query?: {
                lang?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: {
                            name: string;
                            isTest: boolean;
                        };
                        items: {
                            method: string;
                            name: string;
                            needsToken: boolean;
                        }[];
                    };
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        /** @enum {string} */
                        status: "created" | "reserved" | "confirmed" | "fulfilled" | "cancelled";
                        userId: string | null;
                        lines: {
                            sku: string;
                            productId: string;
                            name: string;
                            quantity: number;
                            components?: {
                                sku: string;
                                quantity: number;
                            }[];
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            taxRate?: number;
                            taxName?: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            delivery?: {
                                amount: number;
                                currency: string;
                            };
                            deliveryTax?: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        items: {
                            amount: number;
                            currency: string;
                        };
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        taxes: {
                            areIncluded: boolean;
                            zone: string | null;
                            /** @enum {unknown} */
                            source: "none" | "own" | "outside" | "own-instead";
                            rates: {
                                name: string;
                                partsPerMillion: number;
                                net: {
                                    amount: number;
                                    currency: string;
                                };
                                tax: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                        };
                        delivery: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                        deliveryMethod: string;
                        paymentMethod: string;
                        paymentId: string;
                        reason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    openPayment: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    orderId: string;
                    method: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        orderId: string;
                        userId: string | null;
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                        method: string;
                        transactionId: string | null;
                        action?: {
                            url: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    processPayment: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    token?: string;
                    returnTo?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        orderId: string;
                        userId: string | null;
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "pending" | "processing" | "succeeded" | "declined" | "cancelled" | "partially-refunded" | "refunded";
                        method: string;
                        transactionId: string | null;
                        action?: {
                            url: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    hearPaymentProvider: {
        parameters: {
            query?: never;
            header?: {
                "webhook-id"?: string;
                "webhook-timestamp"?: string;
                "webhook-signature"?: string;
                "stripe-signature"?: string;
            };
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: boolean;
                    };
                };
            };
        };
    };
    getReturnsOfOrder: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            number: string;
                            orderId: string;
                            orderNumber: string;
                            /** @enum {unknown} */
                            state: "requested" | "approved" | "declined" | "withdrawn";
                            /** @enum {unknown} */
                            reason: "changed-mind" | "damaged" | "not-as-described" | "other" | "wrong-item" | "wrong-size";
                            comment: string | null;
                            because: string | null;
                            lines: {
                                sku: string;
                                quantity: number;
                                name: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        returnable: {
                            sku: string;
                            quantity: number;
                        }[];
                        until: string | null;
                        days: number;
                    };
                };
            };
        };
    };
    requestReturn: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        sku: string;
                        quantity: number;
                    }[];
                    /** @enum {unknown} */
                    reason: "changed-mind" | "damaged" | "not-as-described" | "other" | "wrong-item" | "wrong-size";
                    comment?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        orderId: string;
                        orderNumber: string;
                        /** @enum {unknown} */
                        state: "requested" | "approved" | "declined" | "withdrawn";
                        /** @enum {unknown} */
                        reason: "changed-mind" | "damaged" | "not-as-described" | "other" | "wrong-item" | "wrong-size";
                        comment: string | null;
                        because: string | null;
                        lines: {
                            sku: string;
                            quantity: number;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    withdrawReturn: {
        parameters: {
            query?: never;
            header?: {
                "X-Order-Token"?: string;
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        orderId: string;
                        orderNumber: string;
                        /** @enum {unknown} */
                        state: "requested" | "approved" | "declined" | "withdrawn";
                        /** @enum {unknown} */
                        reason: "changed-mind" | "damaged" | "not-as-described" | "other" | "wrong-item" | "wrong-size";
                        comment: string | null;
                        because: string | null;
                        lines: {
                            sku: string;
                            quantity: number;
                            name: string;
                        }[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    listMyReturns: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            number: string;
                            orderId: string;
                            orderNumber: string;
                            /** @enum {unknown} */
                            state: "requested" | "approved" | "declined" | "withdrawn";
                            /** @enum {unknown} */
                            reason: "changed-mind" | "damaged" | "not-as-described" | "other" | "wrong-item" | "wrong-size";
                            comment: string | null;
                            because: string | null;
                            lines: {
                                sku: string;
                                quantity: number;
                                name: string;
                            }[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    openLivePage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
        };
    };
    searchProducts: {
        parameters: {
            query?: {
                q?: string;
                category?: string;
                brand?: string;
                attributes?: string;
                minPrice?: number;
                maxPrice?: number;
                sort?: "relevance" | "newest" | "price-up" | "price-down" | "rating";
                limit?: number;
                after?: string;
                lang?: string;
                personal?: boolean;
                seen?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            slug: string;
                            name: string;
                            highlights: {
                                from: number;
                                to: number;
                            }[];
                            sku: string;
                            price: {
                                amount: number;
                                currency: string;
                            };
                            highestPrice: {
                                amount: number;
                                currency: string;
                            };
                            salePrice: {
                                amount: number;
                                currency: string;
                            } | null;
                            wasPrice: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: {
                                average: number;
                                count: number;
                            } | null;
                            category: string | null;
                            brand: string | null;
                            picture: string | null;
                            because: ("category" | "brand")[];
                        }[];
                        next: string | null;
                        total: {
                            count: number;
                            isExact: boolean;
                        };
                        facets: {
                            kind: "category" | "brand" | "attribute";
                            code: string;
                            name: string;
                            values: {
                                code: string;
                                name: string;
                                count: number;
                                isChosen: boolean;
                            }[];
                        }[];
                        prices: {
                            min: {
                                amount: number;
                                currency: string;
                            };
                            max: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        searchedFor: string | null;
                        why: "layout" | "transliteration" | "correction" | "mixed" | "phrase" | null;
                        missingWords: number;
                        isCut: boolean;
                    };
                };
            };
        };
    };
    suggestSearches: {
        parameters: {
            query: {
                q: string;
                lang?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            kind: "word" | "category" | "brand" | "product";
                            text: string;
                            slug: string | null;
                            productId: string | null;
                            picture: string | null;
                        }[];
                    };
                };
            };
        };
    };
    noteSearchClick: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    q: string;
                    productId: string;
                    /** @default true */
                    personal?: boolean;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    forgetSearchInterests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listReviews: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                sort?: "newest" | "helpful" | "highest" | "lowest";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rating: {
                            count: number;
                            average: number | null;
                            counts: number[];
                        };
                        items: {
                            id: string;
                            kind: "review" | "question" | "answer";
                            productId: string;
                            name: string;
                            standing: "anyone" | "buyer" | "staff";
                            rating: number | null;
                            title: string | null;
                            text: string;
                            language: string;
                            helpful: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            answers: {
                                id: string;
                                kind: "review" | "question" | "answer";
                                productId: string;
                                name: string;
                                standing: "anyone" | "buyer" | "staff";
                                rating: number | null;
                                title: string | null;
                                text: string;
                                language: string;
                                helpful: number;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                            }[];
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    writeReview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    text: string;
                    language?: string;
                    title?: string;
                    rating: number;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        status: "waiting" | "shown" | "refused";
                        version: number;
                    };
                };
            };
        };
    };
    listQuestions: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            kind: "review" | "question" | "answer";
                            productId: string;
                            name: string;
                            standing: "anyone" | "buyer" | "staff";
                            rating: number | null;
                            title: string | null;
                            text: string;
                            language: string;
                            helpful: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            answers: {
                                id: string;
                                kind: "review" | "question" | "answer";
                                productId: string;
                                name: string;
                                standing: "anyone" | "buyer" | "staff";
                                rating: number | null;
                                title: string | null;
                                text: string;
                                language: string;
                                helpful: number;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                updatedAt: string;
                            }[];
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    askQuestion: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    text: string;
                    language?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        status: "waiting" | "shown" | "refused";
                        version: number;
                    };
                };
            };
        };
    };
    listOwnContributions: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            kind: "review" | "question" | "answer";
                            productId: string;
                            name: string;
                            standing: "anyone" | "buyer" | "staff";
                            rating: number | null;
                            title: string | null;
                            text: string;
                            language: string;
                            helpful: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                            parentId: string | null;
                            status: "waiting" | "shown" | "refused";
                            because: ("abusive" | "advertising" | "copied" | "off-topic" | "other" | "personal-data") | null;
                            flags: ("coarse" | "links" | "repeated" | "shouted")[];
                            reports: number;
                            version: number;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    changeContribution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    text: string;
                    language?: string;
                    title?: string;
                    rating?: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        status: "waiting" | "shown" | "refused";
                        version: number;
                    };
                };
            };
        };
    };
    removeContribution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    voteContribution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unvoteContribution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    answerContribution: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    text: string;
                    language?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        status: "waiting" | "shown" | "refused";
                        version: number;
                    };
                };
            };
        };
    };
    reportContribution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    because: "abusive" | "advertising" | "copied" | "off-topic" | "other" | "personal-data";
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listWishes: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            productId: string;
                            sku: string | null;
                            name: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
        };
    };
    mergeWishes: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        productId: string;
                        sku?: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        added: number;
                        left: string[];
                    };
                };
            };
        };
    };
    listWishedProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        productIds: string[];
                    };
                };
            };
        };
    };
    addWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    sku?: string;
                };
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    robots: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sitemap: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sitemapOfPages: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sitemapOfProducts: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    productFeed: {
        parameters: {
            query?: {
                language?: string;
                currency?: string;
                part?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/rss+xml": unknown;
                };
            };
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getStructuredData: {
        parameters: {
            query?: {
                language?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
        };
    };
    greet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    getKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    measure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
        };
    };
    explainProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    tour: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
        };
    };
}
