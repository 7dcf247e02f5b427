/// How a request becomes an answer: listening, limits, keys and scopes, routes, problems.
///
/// A route is added in three steps.
///
/// 1. Write a class that holds what its handlers need, and gives out its routes. A handler takes a
///    [Request] and returns a [Response]; it runs on a virtual thread and may block.
///
/// ```java
/// final class CompanyRoutes {
///   private final Companies companies;
///
///   List<Route> routes() {
///     return List.of(
///         Route.get("/api/v1/companies/{company_id}", Scope.READ, this::show),
///         Route.put("/api/v1/companies/{company_id}", Scope.MANAGE, this::save));
///   }
///
///   private Response show(Request request) {
///     Company company = companies.find(request.companyId());
///     return company == null
///         ? Response.of(Problem.notFound("There is no such company."))
///         : Response.ok(CompanyView.of(company));
///   }
///
///   private Response save(Request request) {
///     Fields fields = request.fields();
///     String name = fields.text("name", 200);
///     fields.end();
///     return Response.ok(CompanyView.of(companies.save(request.companyId(), name)));
///   }
/// }
/// ```
///
/// 2. Add its `routes()` to the list in [com.poolbrain.webhooks.server.Application].
/// 3. Describe it in the OpenAPI document; a test holds that document against the routes.
///
/// What is done before a handler is called, so that none can forget it: the key is known (401) and
/// has the scope (403); `{company_id}` is a company's number and, for a key that is bound to a
/// company, that company's (404); the body is JSON by its content type (422) and not too large
/// (413). A key that is bound to a company gets no further than 403 on routes without
/// `{company_id}`, unless the route says [Route#openToBoundKeys()] and looks at
/// [Caller#companyId()] itself.
///
/// What may be thrown: a [Refusal] carries a [Problem] out of nested code and is what [Fields],
/// [Query] and [Request] throw; a [com.poolbrain.webhooks.engine.LedgerException] becomes a 503, or
/// a 422 if repeating would not help. Everything else is a bug: a 500 with an id that is in the log
/// too.
///
/// Answers are records. They are written with snake_case names, times with six fraction digits and
/// `Z`, absent optional fields left out.
package com.poolbrain.webhooks.server.http;
