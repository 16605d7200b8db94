using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MlKit.Dashboard.Components.Login;

namespace MlKit.Dashboard.Security;

/// <summary>The login: by the address with the token that the console prints, or by typing the token.</summary>
internal static class LoginEndpoints
{
    /// <summary>Where visitors without a cookie are sent.</summary>
    public const string Path = "/login";

    /// <summary>Maps the login page, its form and the logout.</summary>
    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ShowAsync).AllowAnonymous();
        endpoints.MapPost(Path, SubmitAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, BrowserToken browserToken, [FromQuery(Name = "t")] string? given, [FromQuery] string? returnUrl)
    {
        if (given is null)
        {
            return Page(context, returnUrl, message: null);
        }

        return browserToken.Matches(given)
            ? await EnterAsync(context, returnUrl)
            : Page(context, returnUrl, "This login address is of another run. Take the one that the console printed last.");
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, BrowserToken browserToken, [FromForm(Name = "token")] string? given, [FromForm] string? returnUrl) =>
        browserToken.Matches(given?.Trim())
            ? await EnterAsync(context, returnUrl)
            : Page(context, returnUrl, "This is not the token of this run.");

    private static async Task<IResult> EnterAsync(HttpContext context, string? returnUrl)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "browser")], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
        return Results.LocalRedirect(LocalAddress(returnUrl));
    }

    // Anything but a path on this server could lead elsewhere.
    private static string LocalAddress(string? returnUrl) =>
        returnUrl is { Length: > 0 } && returnUrl[0] == '/' && (returnUrl.Length == 1 || returnUrl[1] is not ('/' or '\\')) ? returnUrl : "/";

    private static RazorComponentResult Page(HttpContext context, string? returnUrl, string? message)
    {
        context.Response.StatusCode = message is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return new RazorComponentResult<LoginPage>(new Dictionary<string, object?>
        {
            [nameof(LoginPage.ReturnUrl)] = LocalAddress(returnUrl),
            [nameof(LoginPage.Message)] = message,
            [nameof(LoginPage.FormField)] = antiforgery.FormFieldName,
            [nameof(LoginPage.RequestToken)] = antiforgery.RequestToken,
        })
        {
            StatusCode = context.Response.StatusCode,
        };
    }
}
