using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Security;

/// <summary>Who may see the pages: the holder of a cookie, which the login gives out.</summary>
internal static class SecurityServices
{
    /// <summary>Registers login, cookies and antiforgery.</summary>
    public static void AddDashboardSecurity(this IServiceCollection services, DashboardOptions options)
    {
        // Cookies end with the run, as the token does; no key is left on the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<BrowserToken>();
        var port = options.FrontendUrls[0].Port;
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            // Browsers do not keep the cookies of two ports apart: the name does.
            cookie.Cookie.Name = $".MlKit.Dashboard.{port}";
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = LoginEndpoints.Path;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(3);
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToLogin = redirect =>
            {
                if (IsPage(redirect.Request))
                {
                    redirect.Response.Redirect(redirect.RedirectUri);
                }
                else
                {
                    redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
                }

                return Task.CompletedTask;
            };
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = $".MlKit.Dashboard.Antiforgery.{port}";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
        });
        services.AddCascadingAuthenticationState();
        var authorization = services.AddAuthorizationBuilder();
        if (!options.AllowsAnonymous)
        {
            authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        }
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/_blazor") && !request.Path.StartsWithSegments("/api");
}
