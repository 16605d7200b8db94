using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MlKit.Tracking.Ui.Layout;

/// <summary>
/// Gives the focus to the heading of a page that was just opened, so that screen readers begin there; not where someone
/// went into a field in the meantime, which Blazor's own <c>FocusOnNavigate</c> would take the focus from.
/// </summary>
public sealed class FocusHeading : ComponentBase
{
    private Type? _shown;
    private bool _isNew;

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public Microsoft.AspNetCore.Components.RouteData RouteData { get; set; } = null!;

    [Inject]
    internal IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _isNew = RouteData.PageType != _shown;
        _shown = RouteData.PageType;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNew)
        {
            _isNew = false;
            await Script.InvokeVoidAsync("mlkit.focusHeading");
        }
    }
}
